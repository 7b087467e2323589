/** Sees what the libraries export, and nothing else. */
module com.example.watch {
    requires io.minerops.core;
    requires io.minerops.sqlite;
    requires io.minerops.notify;
}
