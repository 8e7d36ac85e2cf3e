-- The order of publications: its one row is what those who publish at once wait for.
CREATE TABLE publication (
  last_sequence bigint NOT NULL
);
INSERT INTO publication (last_sequence) VALUES (0);

-- The bytes of files and descriptors are objects, which manifest and descriptors name by digest.
CREATE TABLE module_version (
  module      text        COLLATE "C" NOT NULL,
  version     text        COLLATE "C" NOT NULL,
  sequence    bigint      NOT NULL UNIQUE,
  digest      text        NOT NULL,
  created_at  timestamptz NOT NULL,
  manifest    bytea       NOT NULL,
  descriptors text        NOT NULL,
  PRIMARY KEY (module, version)
);

CREATE TABLE module_settings (
  module   text  COLLATE "C" PRIMARY KEY,
  settings bytea NOT NULL
);

CREATE TABLE artifact (
  module   text COLLATE "C" NOT NULL,
  version  text COLLATE "C" NOT NULL,
  language text NOT NULL,
  object   text NOT NULL,
  PRIMARY KEY (module, version, language),
  FOREIGN KEY (module, version) REFERENCES module_version (module, version)
);
