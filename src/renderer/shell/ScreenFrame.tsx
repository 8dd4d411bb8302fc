import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { replyOf } from '../api/apiError.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { MissingPart } from './chunks.ts';
import { Failure } from './Failure.tsx';

interface ScreenFrameProps {
  readonly name: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly thrown: unknown;
}

/** Keeps a screen that breaks from taking the others, and SOS, with it. */
export class ScreenFrame extends Component<ScreenFrameProps, { readonly broken: Broken | null }> {
  override state: { readonly broken: Broken | null } = { broken: null };

  static getDerivedStateFromError(thrown: unknown): { readonly broken: Broken } {
    return { broken: { thrown } };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    if (broken.thrown instanceof MissingPart) return <Missing />;
    return (
      <Failure
        title={`The ${this.props.name} screen cannot be shown`}
        error={replyOf(broken.thrown)}
        // What could not be fetched is not fetched again by drawing again: only a new load does that.
        actions={
          <Button size="compact-sm" onClick={() => window.location.reload()}>
            Load the page again
          </Button>
        }
      />
    );
  }
}

/** Not looked at before, and now the program is gone: it comes with the connection, by itself. */
const Missing = () => (
  <EmptyState Icon={IconPlugConnectedX} title="Not fetched yet">
    This part of the page was not fetched before the connection was lost. It comes by itself when the
    connection is back. Nothing of it matters to the engine.
  </EmptyState>
);
