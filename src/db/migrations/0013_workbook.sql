-- 0013_workbook: an export as a workbook, for spreadsheets. Conventions: 0001_bones.sql.
-- What is gathered for one lies in bulk_export below 0: -1, -2, …; the workbook itself from 0 on.
ALTER TABLE bulk_task ADD COLUMN format TEXT NOT NULL DEFAULT 'CSV' CHECK (format IN ('CSV', 'XLSX'));
ALTER TABLE bulk_task ADD COLUMN making BOOLEAN NOT NULL DEFAULT FALSE; -- all is gathered: the workbook is made of it
