package dev.aeon.spoke.api;

import java.util.List;

/** The answer of {@code POST …/compile/{language}}: the files that a download will hold. */
public record CompileInfo(String module, String version, String language, List<String> files) {}
