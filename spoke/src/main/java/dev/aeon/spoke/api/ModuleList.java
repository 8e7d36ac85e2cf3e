package dev.aeon.spoke.api;

import java.util.List;

/** The answer of {@code GET /modules}. */
public record ModuleList(List<String> modules) {}
