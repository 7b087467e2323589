/**
 * Who may do what: tokens, the sessions that begin with one, and which proxies are believed. Nothing here knows HTTP beyond
 * the names of its headers, nor what is behind the server.
 */
@NullMarked
package io.minerops.server.access;

import org.jspecify.annotations.NullMarked;
