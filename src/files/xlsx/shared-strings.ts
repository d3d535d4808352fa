import { tmpdir } from 'node:os';
import { isDiskFull } from '../../domain/errors/disk-full.ts';
import { problem } from '../../messages/problems.ts';
import { unescapeCell } from '../workbook/cell-text.ts';
import { scanXml } from '../workbook/read-xml.ts';
import type { XmlHandler } from '../workbook/xml-scanner.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';
import { RichText } from './rich-text.ts';
import { MOST_TEXTS, TextArena } from './text-arena.ts';

/** The texts that cells refer to by number. Reads of them only as many as are needed. */
export class SharedStrings implements AsyncDisposable {
  readonly #texts = new TextArena();
  readonly #archive: ZipArchive;
  readonly #part: string | undefined;
  readonly #scan: AsyncGenerator<void, void> | undefined;

  /** @param part undefined when the workbook has none */
  constructor(archive: ZipArchive, part: string | undefined, fileName: string) {
    this.#archive = archive;
    this.#part = part;
    if (part !== undefined) {
      this.#scan = scanXml(archive, part, new StringsHandler(this.#texts, fileName));
    }
  }

  /**
   * Reads until the text of this number is known.
   *
   * @throws Problem when there is no such text
   */
  async load(number: number): Promise<void> {
    while (this.#texts.count <= number) {
      const step = await this.#scan?.next();
      const isOver = step === undefined || step.done === true;
      if (isOver && this.#texts.count <= number) {
        throw this.#archive.damaged(this.#part ?? 'xl/sharedStrings.xml');
      }
    }
  }

  /** @param number of a text that was loaded */
  text(number: number): string {
    return this.#texts.text(number);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scan?.return();
    this.#texts[Symbol.dispose]();
  }
}

class StringsHandler implements XmlHandler {
  readonly #texts: TextArena;
  readonly #fileName: string;
  readonly #rich = new RichText();

  constructor(texts: TextArena, fileName: string) {
    this.#texts = texts;
    this.#fileName = fileName;
  }

  open(name: string): void {
    if (name === 'si') this.#rich.begin();
    else this.#rich.open(name);
  }

  close(name: string): void {
    if (name === 'si') this.#add(this.#rich.end());
    else this.#rich.close(name);
  }

  text(text: string): void {
    this.#rich.text(text);
  }

  #add(text: string): void {
    const file = this.#fileName;
    if (this.#texts.isFull) throw problem('workbook_texts_many', { file, most: MOST_TEXTS });
    try {
      this.#texts.add(unescapeCell(text));
    } catch (cause) {
      if (!isDiskFull(cause)) throw cause;
      throw problem('disk_full', { file, folder: tmpdir() }, { cause });
    }
  }
}
