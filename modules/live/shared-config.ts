import { externalDataInterceptor, loadSharedConfigFiles } from "@smithy/core/config";
import type { Loaded } from "../client/aws-files/same-as-sdk";
import type { AwsFiles } from "../client/aws-files/reading";

/** Names that are not paths: the SDK is given the text that was read, not the files once more. */
const PLACES = { configFilepath: "rolecall:config", filepath: "rolecall:credentials" } as const;

/** The two files as the SDK's own loader reads them. It never fails: what it cannot read is empty. */
export async function loadAsSdk({ config, credentials }: AwsFiles): Promise<Loaded> {
  externalDataInterceptor.interceptFile(PLACES.configFilepath, config);
  externalDataInterceptor.interceptFile(PLACES.filepath, credentials);
  const { configFile, credentialsFile } = await loadSharedConfigFiles(PLACES);
  return { config: configFile, credentials: credentialsFile };
}
