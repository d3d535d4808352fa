import { createTheme, type MantineProviderProps } from '@mantine/core';
import './theme.css';

/** The content security policy allows no `<style>` tags: such styles are off, or in `theme.css`. */
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
