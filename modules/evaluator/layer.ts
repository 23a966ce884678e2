/** Which policy of a request a document is; `endpoint`: of the VPC endpoint that the request passes. */
export type Layer = "identity" | "boundary" | "session" | "resource" | "endpoint" | "scp" | "rcp";
