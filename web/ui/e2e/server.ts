// The server under test, with a data directory of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const startTimeoutMs = 120_000; // includes creating the database

// A random loopback address, so that no other program takes the port during a restart. Only Linux
// has more than one such address.
const byte = (): number => 1 + Math.floor(254 * Math.random());
const host = process.platform === "linux" ? `127.${byte()}.${byte()}.${byte()}` : "127.0.0.1";

/** Path of the pinezka binary. */
export const binary = process.env.PINEZKA_BIN ?? fileURLToPath(new URL("../../../bin/pinezka", import.meta.url));

/** Returns a new empty directory for data. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "pinezka-e2e-"));
  chmodSync(dataDir, 0o755); // Under root, the database runs as another user.
  return dataDir;
}

export class Server {
  private child: ChildProcess | undefined;
  private address = `${host}:0`; // of a free port, until the first start
  private operatorAddress = "";

  /** All that the processes have printed: what they said at the start, and the log. */
  log = "";

  private constructor(readonly dataDir: string) {}

  /** Starts a server with the demonstration data, an empty data directory and a free port. */
  static async start(): Promise<Server> {
    if (!existsSync(binary)) {
      throw new Error(`${binary} does not exist: run make build`);
    }
    return Server.startIn(newDataDir());
  }

  /** Starts a server with a data directory. */
  static async startIn(dataDir: string, ...flags: string[]): Promise<Server> {
    const server = new Server(dataDir);
    await server.launch(...flags);
    return server;
  }

  get url(): string {
    return `http://${this.address}`;
  }

  /** URL of the listener of the operator. */
  get operatorUrl(): string {
    return `http://${this.operatorAddress}`;
  }

  /** Starts the process and waits until it prints its address, which it does when the map is loaded. */
  private launch(...flags: string[]): Promise<void> {
    const args = [
      "serve",
      "--demo",
      "--behind-proxy",
      "--base-url",
      `http://${host}`,
      "--listen",
      this.address,
      "--operator-listen",
      `${host}:0`,
      "--data-dir",
      this.dataDir,
      ...flags,
    ];
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    return new Promise((resolve, reject) => {
      let output = "";
      const fail = (): void => {
        clearTimeout(timer);
        reject(new Error(`the server does not start:\n${output}`));
      };
      const timer = setTimeout(fail, startTimeoutMs);
      child.once("exit", fail);
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          this.log += chunk.toString();
          this.operatorAddress = /^Metrics .* http:\/\/([^/\s]+)/m.exec(output)?.[1] ?? "";
          const [, address] = /^Pinezka is at http:\/\/(\S+) /m.exec(output) ?? [];
          if (address) {
            clearTimeout(timer);
            this.address = address;
            resolve();
          }
        });
      }
    });
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

  /** Stops the server as Ctrl-C does, and starts it again with the same data, and with more flags. */
  async restart(...flags: string[]): Promise<void> {
    await this.shutDown();
    await this.launch(...flags);
  }

  async stop(): Promise<void> {
    await this.shutDown();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
