import { Component, type ReactNode } from 'react';
import { ErrorAlert } from './error-alert.tsx';

/** Shows an error when the page itself has failed, as when a newer version has replaced it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ErrorAlert error={error} again={() => location.reload()} />;
  }
}
