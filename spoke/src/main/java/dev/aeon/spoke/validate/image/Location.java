package dev.aeon.spoke.validate.image;

/**
 * A span of a source text; lines and columns count from 1, the end column is the one after the last
 * character.
 */
public record Location(int startLine, int startColumn, int endLine, int endColumn) {}
