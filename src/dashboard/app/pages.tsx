import { useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { ImportPage } from '../features/import/import-page.tsx';
import { ImportsPage } from '../features/imports/imports-page.tsx';
import { nextPlace } from '../features/login/next-place.ts';
import { PeoplePage } from '../features/people/people-page.tsx';
import { PortalPage } from '../features/portal/portal-page.tsx';
import { NewImportPage } from '../features/upload/new-import-page.tsx';
import { AdminsOnly } from './admins-only.tsx';
import { NotFound } from './not-found.tsx';
import { useIsAdmin } from './session-gate.tsx';

/** Which address shows what. */
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
      {/* Where the server sends whoever has to log in first. */}
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

/** Not one of ours: the server shows it to administrators, and this one to everybody else. */
function Queue() {
  return useIsAdmin() ? <FromServer /> : <AdminsOnly />;
}

function FromServer() {
  useEffect(() => location.reload(), []);
  return null;
}
