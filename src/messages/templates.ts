/** The slots of a template: `{name}` takes text, `{#name}` a whole number. */
type Slots<Template extends string> = Template extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;

type NameOf<Slot extends string> = Slot extends `#${infer Name}` ? Name : Slot;

/** What fills the slots of a template. */
export type Params<Template extends string> = {
  readonly [Slot in Slots<Template> as NameOf<Slot>]: Slot extends `#${string}` ? number : string;
};

/** @returns the template with its slots filled; a slot without a value is empty */
export const fill = (template: string, params: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{#?(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
