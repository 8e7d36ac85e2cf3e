package dev.aeon.spoke.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /resolve}: {@code module@range} each. */
public record ResolveRequest(@Nullable List<String> dependencies) {}
