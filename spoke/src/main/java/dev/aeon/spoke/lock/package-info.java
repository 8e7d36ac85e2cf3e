/**
 * Which versions a project gets: ranges resolved to one version of each module, and the file that
 * keeps them. Entry types: {@link dev.aeon.spoke.lock.LockResolver} and {@link
 * dev.aeon.spoke.lock.LockFile}. It knows no HTTP and no store.
 */
package dev.aeon.spoke.lock;
