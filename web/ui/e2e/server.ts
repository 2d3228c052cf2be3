// The server under test, with a data directory of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const startTimeoutMs = 120_000; // includes creating the database

/** Path of the pinezka binary. */
export const binary = process.env.PINEZKA_BIN ?? fileURLToPath(new URL("../../../bin/pinezka", import.meta.url));

export class Server {
  private child: ChildProcess | undefined;
  private output = "";

  private constructor(
    readonly dataDir: string,
    private readonly port: number,
  ) {}

  /** Starts a server with the demonstration data, an empty data directory and a free port. */
  static async start(): Promise<Server> {
    if (!existsSync(binary)) {
      throw new Error(`${binary} does not exist: run make build`);
    }
    const dataDir = mkdtempSync(join(tmpdir(), "pinezka-e2e-"));
    chmodSync(dataDir, 0o755); // Under root, the database runs as another user.
    const server = new Server(dataDir, await freePort());
    await server.launch();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private async launch(): Promise<void> {
    this.output = "";
    const child = spawn(binary, ["serve", "--demo", "--listen", `127.0.0.1:${this.port}`, "--data-dir", this.dataDir], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    const deadline = Date.now() + startTimeoutMs;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server does not start:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false; // It does not accept connections yet.
    }
  }

  private async shutDown(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) {
      return;
    }
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await exited;
  }

  /** Stops the server as Ctrl-C does, and starts it again with the same data. */
  async restart(): Promise<void> {
    await this.shutDown();
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.shutDown();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no free port")),
      );
    });
  });
}
