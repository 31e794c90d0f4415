/** The part of ssh2 that a watched place uses. */
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';

  type Callback<T = void> = (error: (Error & { code?: number }) | undefined, value: T) => void;

  export interface Attributes {
    /** Seconds since 1970. */
    readonly mtime: number;
    readonly size: number;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
  }

  export interface Sftp {
    opendir(path: string, callback: Callback<Buffer>): void;
    readdir(handle: Buffer, callback: Callback<{ filename: string; attrs: Attributes }[]>): void;
    open(path: string, flags: 'r', callback: Callback<Buffer>): void;
    fstat(handle: Buffer, callback: Callback<Attributes>): void;
    stat(path: string, callback: Callback<Attributes>): void;
    lstat(path: string, callback: Callback<Attributes>): void;
    realpath(path: string, callback: Callback<string>): void;
    read(
      handle: Buffer,
      into: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: Callback<number>,
    ): void;
    close(handle: Buffer, callback: Callback): void;
    mkdir(path: string, callback: Callback): void;
    rename(from: string, to: string, callback: Callback): void;
  }

  export interface Settings {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly password?: string;
    readonly privateKey?: string;
    readonly passphrase?: string;
    readonly tryKeyboard?: boolean;
    readonly readyTimeout?: number;
    readonly keepaliveInterval?: number;
    readonly keepaliveCountMax?: number;
    readonly hostVerifier?: (key: Buffer) => boolean;
  }

  export class Client extends EventEmitter {
    connect(settings: Settings): void;
    sftp(callback: Callback<Sftp>): void;
    setNoDelay(on: boolean): void;
    end(): void;
    destroy(): void;
  }

  const library: { Client: typeof Client };
  export default library;
}
