import { closeSync, openSync, readSync } from 'node:fs';

export interface FollowedFile {
  readonly path: string;
  /** Hands over what is still unread, and stops. */
  close(): void;
}

/** Hands over what is appended to a file, ten times a second. Creates the file. */
export function followFile(path: string, receive: (text: string) => void): FollowedFile {
  const file = openSync(path, 'a+');
  const decoder = new TextDecoder();
  let position = 0;
  const read = () => {
    const buffer = Buffer.alloc(65_536);
    for (let length = readSync(file, buffer, 0, buffer.length, position); length > 0; ) {
      position += length;
      receive(decoder.decode(buffer.subarray(0, length), { stream: true }));
      length = readSync(file, buffer, 0, buffer.length, position);
    }
  };
  const timer = setInterval(read, 100);
  const close = () => {
    clearInterval(timer);
    read();
    closeSync(file);
  };
  return { path, close };
}
