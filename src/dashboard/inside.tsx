import type { Session } from '../server/schemas/session.ts';
import { Frame } from './frame/frame.tsx';
import { SessionContext } from './frame/session.tsx';
import { Pages } from './pages.tsx';

/** All that somebody sees who is logged in. */
export default function Inside({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <Frame>
        <Pages />
      </Frame>
    </SessionContext>
  );
}
