import { sdkPartitions } from "./sdk-partitions";

/* Prints modules/iam/partitions.json from the partition data of the installed AWS SDK: npm run refresh:partitions. */

const { source, partitions } = sdkPartitions();
const data = { source, date: new Date().toISOString().slice(0, 10), partitions };
process.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
