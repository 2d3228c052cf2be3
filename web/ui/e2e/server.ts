// The program under test, with a data directory of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = process.env.PINEZKA_BIN ?? fileURLToPath(new URL("../../../bin/pinezka", import.meta.url));
const patience = 120_000; // ms for the first start, which makes a database

export class Server {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    /** Its data directory. */
    readonly data: string,
    private readonly port: number,
  ) {}

  /** Starts the demo with an empty data directory on a free port. */
  static async start(): Promise<Server> {
    if (!existsSync(binary)) {
      throw new Error(`${binary} is not there: make build`);
    }
    const data = mkdtempSync(join(tmpdir(), "pinezka-e2e-"));
    chmodSync(data, 0o755); // as root, the database runs as another user
    const server = new Server(data, await freePort());
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private async up(): Promise<void> {
    this.said = "";
    const child = spawn(binary, ["serve", "--demo", "--listen", `127.0.0.1:${this.port}`, "--data-dir", this.data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.said += chunk.toString();
      });
    }
    const until = Date.now() + patience;
    while (!(await this.ready())) {
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`the server does not start:\n${this.said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false; // it does not listen yet
    }
  }

  private async down(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) {
      return;
    }
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await gone;
  }

  /** Stops the server as Ctrl-C does, and starts it again with the same data. */
  async restart(): Promise<void> {
    await this.down();
    await this.up();
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
