import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../../app/session-gate.tsx';
import { addUploads, isUploading } from './uploads.ts';

/**
 * Takes files that are dropped anywhere on the page, which the browser would open instead, and asks before the page
 * is left during an upload.
 */
export function useFileDrops(): void {
  const { role, maxUploadBytes } = useSession();
  const [, navigate] = useLocation();
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      if (role === 'viewer') event.dataTransfer.dropEffect = 'none';
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const files = event.dataTransfer?.files;
      if (role === 'viewer' || files === undefined || files.length === 0) return;
      addUploads(files, maxUploadBytes);
      navigate('/new');
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (isUploading()) event.preventDefault();
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [role, maxUploadBytes, navigate]);
}
