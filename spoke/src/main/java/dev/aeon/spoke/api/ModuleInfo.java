package dev.aeon.spoke.api;

import java.util.List;

/**
 * The answer of {@code GET /modules/{name}}: its versions, oldest first, and the latest release.
 */
public record ModuleInfo(String module, String latest, List<String> versions) {}
