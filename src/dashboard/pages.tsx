import { useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from './frame/not-found.tsx';
import { ImportPage } from './import/import-page.tsx';
import { ImportsPage } from './imports/imports-page.tsx';
import { nextPlace } from './login/next-place.ts';
import { PeoplePage } from './people/people-page.tsx';
import { PortalPage } from './portal/portal-page.tsx';
import { NewImportPage } from './upload/new-import-page.tsx';

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
            <NotFound />
          )
        }
      </Route>
      <Route path="/people" component={PeoplePage} />
      <Route path="/portal" component={PortalPage} />
      {/* Where the server sends whoever has to log in first. */}
      <Route path="/login">
        <Redirect href={nextPlace(location.search)} replace />
      </Route>
      {/* Not one of ours: the server shows it to whoever has logged in. */}
      <Route path="/queue/*?" component={FromServer} />
      <Route component={NotFound} />
    </Switch>
  );
}

function FromServer() {
  useEffect(() => location.reload(), []);
  return null;
}
