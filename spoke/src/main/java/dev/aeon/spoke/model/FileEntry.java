package dev.aeon.spoke.model;

/** A file of a version without its bytes; the digest is of the bytes alone. */
public record FileEntry(ProtoPath path, long byteSize, SchemaDigest digest) {}
