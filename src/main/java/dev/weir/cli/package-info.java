/**
 * The command line, and the only room that sees all others: it reads the arguments, checks the
 * configuration before anything is started, and puts nodes, clients and doors together.
 */
package dev.weir.cli;
