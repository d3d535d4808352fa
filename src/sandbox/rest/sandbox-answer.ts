import type { ServerResponse } from 'node:http';
import { type PhpArray, phpRecord } from './php-array.ts';
import { encodeJson } from './php-json.ts';
import type { RestError } from './rest-error.ts';

/** The response to the client. */
export interface SandboxResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const REASONS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** @returns the API's answer. */
export function jsonAnswer(status: number, body: PhpArray): SandboxResponse {
  return { status, contentType: 'application/json; charset=utf-8', body: encodeJson(body) };
}

/** @returns the API's answer to an error. */
export function errorAnswer({ status, code, message }: RestError): SandboxResponse {
  return jsonAnswer(status, phpRecord({ error: code, error_description: message }));
}

/** @returns a gateway's page. */
export function htmlAnswer(status: number): SandboxResponse {
  const title = `${status} ${REASONS[status] ?? 'Error'}`;
  const body = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
  return { status, contentType: 'text/html', body };
}

/** Sends the answer; a disconnected client is ignored. */
export function send(response: ServerResponse, answer: SandboxResponse): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, headers(answer, body));
  response.end(body);
}

/** Sends the head with the full length, then half of the body, then breaks off. */
export function sendBroken(response: ServerResponse, answer: SandboxResponse): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, headers(answer, body));
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

function headers(answer: SandboxResponse, body: Buffer): Record<string, string | number> {
  return { 'Content-Type': answer.contentType, 'Content-Length': body.length };
}
