import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startCountingProxy } from "../../bench/counting-proxy";

test("counts by action, passes bodies, headers and answers on, and starts again at none", async () => {
  const target = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => response.write(`${request.headers.authorization} ${chunk.toString()}`));
    request.on("end", () => response.end());
  });
  await new Promise<void>((done) => target.listen(0, "127.0.0.1", done));
  const proxy = await startCountingProxy(`http://127.0.0.1:${(target.address() as AddressInfo).port}`);
  try {
    const ask = (body: string) => fetch(proxy.url, { method: "POST", body, headers: { authorization: "key" } });
    const answer = await ask("Action=GetUser&UserName=a");
    expect(await answer.text()).toBe("key Action=GetUser&UserName=a");
    await Promise.all([ask("Action=GetUser&UserName=b"), ask("Action=ListRoles")]);
    expect(proxy.take()).toEqual(
      new Map([
        ["GetUser", 2],
        ["ListRoles", 1],
      ]),
    );
    expect(proxy.take()).toEqual(new Map());
  } finally {
    await proxy.stop();
    await new Promise((done) => target.close(done));
  }
});
