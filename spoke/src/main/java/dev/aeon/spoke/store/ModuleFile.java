package dev.aeon.spoke.store;

/** What {@code module.json} holds. */
record ModuleFile(String name, String description, String createdAt) {}
