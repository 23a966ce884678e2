import { compareText } from "../../text";

/**
 * Variables that would make a run do something other than it says: extra arguments, another workspace's state, one data folder
 * for all stacks. TF_LOG, TF_VAR_*, TF_CLI_CONFIG_FILE and TF_PLUGIN_CACHE_DIR pass; what TF_LOG prints goes to the stack's log.
 */
const DROPPED = /^(TF_CLI_ARGS(_.*)?|TF_WORKSPACE|TF_DATA_DIR)$/;

/** The environment Terraform runs in: never asks, never calls home. */
export function terraformEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !DROPPED.test(name));
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}

/** Names of the variables that are set but not passed on, sorted. */
export function droppedVariables(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(env)
    .filter((name) => DROPPED.test(name) && env[name] !== undefined)
    .sort(compareText);
}
