import { createTheme, type MantineProviderProps } from '@mantine/core';
import './theme.css';

/**
 * Everything that Mantine would write into `<style>` tags at run time is turned off or in
 * `theme.css`, so that the content security policy need not allow any.
 */
export const themeProps: Omit<MantineProviderProps, 'children'> = {
  theme: createTheme({
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      // Locking the scroll of the page behind needs a style tag.
      ModalRoot: { defaultProps: { lockScroll: false, centered: true } },
    },
  }),
  withCssVariables: false,
  withGlobalClasses: false,
  defaultColorScheme: 'auto',
};
