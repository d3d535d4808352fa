import type { Session } from '../../server/schemas/session-schema.ts';
import { useFileDrops } from '../features/upload/use-file-drops.ts';
import { Frame } from './frame.tsx';
import { Pages } from './pages.tsx';
import { SessionContext } from './session-gate.tsx';

/** Everything that a logged-in user sees. */
export default function AuthenticatedApp({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <WithDrops />
    </SessionContext>
  );
}

function WithDrops() {
  useFileDrops();
  return (
    <Frame>
      <Pages />
    </Frame>
  );
}
