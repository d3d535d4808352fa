import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../../app/session-gate.tsx';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { uploadTexts } from '../../i18n/texts.ts';
import { SampleLinks } from '../imports/sample-links.tsx';
import { DropZone } from './drop-zone.tsx';
import { PasteTable } from './paste-table.tsx';
import { keepPastedTable } from './pasted-table.ts';
import { UploadItem } from './upload-item.tsx';
import { addUploads, isUploading, removeUpload, useUploads } from './uploads.ts';

export function NewImportPage() {
  const words = useTexts(uploadTexts);
  const { role, maxUploadBytes } = useSession();
  const [, navigate] = useLocation();
  const uploads = useUploads();
  const pasted = useRef<File>(undefined);
  const [only, ...others] = uploads;
  useEffect(() => {
    for (const { file, state } of uploads) {
      if (file === pasted.current && state.is === 'done') keepPastedTable('');
    }
    // Of several files, each is opened from the list.
    if (only?.state.is !== 'done' || others.length > 0) return;
    removeUpload(only.id);
    navigate(`/imports/${only.state.importId}`);
  });
  return (
    <div className={layout.page}>
      <PageTitle title={words.title} />
      {role === 'viewer' ? (
        <p>{words.admins}</p>
      ) : (
        <>
          <p>{words.intro}</p>
          {uploads.map((upload) => (
            <UploadItem key={upload.id} upload={upload} />
          ))}
          {!isUploading(uploads) && <DropZone />}
          <PasteTable
            isBusy={isUploading(uploads)}
            onFile={(file) => {
              pasted.current = file;
              addUploads([file], maxUploadBytes);
            }}
          />
          <SampleLinks />
        </>
      )}
    </div>
  );
}
