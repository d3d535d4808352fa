import { useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { ImportPage } from '../features/import/import-page.tsx';
import { ImportsPage } from '../features/imports/imports-page.tsx';
import { nextPlace } from '../features/login/next-place.ts';
import { PeoplePage } from '../features/people/people-page.tsx';
import { PortalPage } from '../features/portal/portal-page.tsx';
import { NewImportPage } from '../features/upload/new-import-page.tsx';
import { NotFound } from './not-found.tsx';
import { useIsAdmin } from './session-gate.tsx';

/** Maps addresses to pages. */
export function Pages() {
  return (
    <Switch>
      <Route path="/" component={ImportsPage} />
      <Route path="/new" component={NewImportPage} />
      <Route path="/imports/:id/:view?">
        {({ id, view }) =>
          /^[1-9]\d{0,14}$/.test(id) ? (
            <ImportPage id={Number(id)} view={view ?? ''} />
          ) : (
            <NotFound what="import" />
          )
        }
      </Route>
      <Route path="/people" component={PeoplePage} />
      <Route path="/portal" component={PortalPage} />
      {/* The server redirects here for login. */}
      <Route path="/login">
        <Redirect href={nextPlace(location.search)} replace />
      </Route>
      <Route path="/queue/*?" component={Queue} />
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** The server shows its queue page to administrators, and this one to everyone else. */
function Queue() {
  return useIsAdmin() ? <FromServer /> : <NotFound what="queue" />;
}

function FromServer() {
  useEffect(() => location.reload(), []);
  return null;
}
