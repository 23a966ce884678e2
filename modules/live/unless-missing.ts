import { NoSuchEntityException } from "@aws-sdk/client-iam";

/** The answer, or `undefined` where IAM says that there is no such thing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
