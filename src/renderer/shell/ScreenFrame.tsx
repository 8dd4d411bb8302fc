import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { replyOf } from '../api/apiError.ts';
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
