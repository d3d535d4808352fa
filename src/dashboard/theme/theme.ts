import { createTheme, type MantineProviderProps } from '@mantine/core';
import './theme.css';

/**
 * Everything that Mantine would write into `<style>` tags while running is off or stands in
 * `theme.css`, so that the content security policy need not allow any.
 */
export const themeProps: Omit<MantineProviderProps, 'children'> = {
  theme: createTheme({
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      // Keeping the page behind from scrolling takes a style tag.
      ModalRoot: { defaultProps: { lockScroll: false, centered: true } },
    },
  }),
  withCssVariables: false,
  withGlobalClasses: false,
  defaultColorScheme: 'auto',
};
