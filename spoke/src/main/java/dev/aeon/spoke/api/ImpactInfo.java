package dev.aeon.spoke.api;

import java.util.List;

/** The latest version of each module that depends, directly or not, on a version of one. */
public record ImpactInfo(String module, List<String> dependents) {}
