import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { testFolder } from './repository.ts';
import { photograph, runCommand } from './workbenchHand.ts';
import { type Reading, readings, readWorkbench } from './workbenchReader.ts';

/** What a suite may ask of the window it runs in; one JSON object for each POST. */
export type WindowQuestion =
  | { readonly read: Reading }
  | { readonly screenshot: string }
  | { readonly click: ClickedElement }
  | { readonly answer: InputAnswer }
  | { readonly palette: string };

/** By its role and accessible name, as a screen reader finds it. */
export interface ClickedElement {
  readonly role: 'button' | 'treeitem' | 'tab' | 'option' | 'link' | 'menuitem';
  readonly name: string;
  /** The whole name; otherwise others hold it, too: `Trust` is in `Manage Workspace Trust`. */
  readonly exact?: true;
  /** Of a row of a tree, whose name holds this: what it offers is there while the pointer is on it. */
  readonly inRow?: string;
}

/** What is typed into the input box that asks for something, once its title is there. */
export interface InputAnswer {
  readonly title: string;
  readonly text: string;
}

export interface WindowBridge {
  /** With a secret in its path: other processes of this machine reach the port too. */
  readonly url: string;
  /** Questions asked before the page is there wait for it. */
  show(page: Page): void;
  close(): void;
}

/** Lets a suite in the extension host see and press what the user sees. */
export async function openWindowBridge(): Promise<WindowBridge> {
  const secret = `/${randomBytes(16).toString('hex')}`;
  const { promise: page, resolve: show } = Promise.withResolvers<Page>();
  const server = createServer(async (request, response) => {
    try {
      if (request.url !== secret || request.method !== 'POST') throw new Error('not the address of the window');
      const answer = await answerQuestion(await page, (await readBody(request)) as WindowQuestion);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}${secret}`, show, close };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function answerQuestion(page: Page, question: WindowQuestion): Promise<unknown> {
  if ('read' in question) {
    if (!readings.includes(question.read)) throw new Error(`read one of ${readings.join(', ')}`);
    return readWorkbench(page, question.read);
  }
  if ('screenshot' in question) return takePicture(page, question.screenshot);
  if ('click' in question) {
    const { role, name, exact = false, inRow } = question.click;
    const row = inRow === undefined ? undefined : page.getByRole('treeitem', { name: inRow }).first();
    await row?.hover({ timeout: 10_000 });
    return (row ?? page).getByRole(role, { name, exact }).first().click({ timeout: 10_000 });
  }
  if ('answer' in question) {
    const { title, text } = question.answer;
    const box = page.locator('.quick-input-widget', { hasText: title });
    const input = box.locator('input').first();
    await input.waitFor({ timeout: 30_000 });
    await input.fill(text);
    return input.press('Enter');
  }
  return runCommand(page, question.palette);
}

async function takePicture(page: Page, name: string): Promise<{ path: string }> {
  if (!/^[\w-]+$/.test(name)) throw new Error('a picture’s name has letters, digits, - and _ only');
  const folder = join(testFolder, 'screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await photograph(page, path);
  return { path };
}
