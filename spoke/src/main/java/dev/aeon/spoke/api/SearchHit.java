package dev.aeon.spoke.api;

/** Something that was found, and where; better ones have higher scores. */
public record SearchHit(
    String module,
    String version,
    String kind,
    String name,
    String type,
    String file,
    String comment,
    float score) {}
