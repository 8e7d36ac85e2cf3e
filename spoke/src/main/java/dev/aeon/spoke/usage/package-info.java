/** What every command line of Spoke has in common. Entry type: {@link HelpOptions}. */
package dev.aeon.spoke.usage;
