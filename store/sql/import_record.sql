-- Records an import that only created pins.
insert into imports (district_id, import_id, source_id, file_name, read, created, updated, unchanged, rejected)
values (@district, @import, @source, @file_name, @read, @created, 0, 0, @rejected)
