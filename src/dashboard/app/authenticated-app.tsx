import type { Session } from '../../server/schemas/session-schema.ts';
import { Frame } from './frame.tsx';
import { Pages } from './pages.tsx';
import { SessionContext } from './session-gate.tsx';

/** All that somebody sees who is logged in. */
export default function AuthenticatedApp({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <Frame>
        <Pages />
      </Frame>
    </SessionContext>
  );
}
