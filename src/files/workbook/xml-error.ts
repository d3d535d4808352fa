/** Why an XML document is not read. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly fault: 'damaged' | 'doctype';

  constructor(fault: 'damaged' | 'doctype') {
    super(fault);
    this.fault = fault;
  }
}
