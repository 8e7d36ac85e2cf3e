-- What workers tell each other and those who ask; claims are advisory locks.
CREATE TABLE work_note (
  topic text  COLLATE "C" NOT NULL,
  key   text  COLLATE "C" NOT NULL,
  note  bytea NOT NULL,
  PRIMARY KEY (topic, key)
);
