package io.minerops.core.device.internal.reading;

/** The state of a reading's search for the port at which the device answers. */
sealed interface Route {
    /** What is known of the ports beside the CGMiner port. */
    OtherEndpoints known();

    /** Whether a port that was known to answer refused a connection. */
    default boolean gone() {
        return false;
    }

    /** The device is queried at these ports. */
    enum OtherEndpoints implements Route {
        /** Nothing: they are tried where the CGMiner port is shut. */
        UNTRIED,
        /** No known device answers there: they are not tried again. */
        SHUT,
        /** A web server answers on the very port of the CGMiner API. */
        WEB_HERE,
        /** The device is queried there. */
        ELSEWHERE;

        @Override
        public OtherEndpoints known() {
            return this;
        }
    }

    /** The device is queried beside the CGMiner port, where a port that was known to answer refuses. */
    record Gone() implements Route {
        @Override
        public OtherEndpoints known() {
            return OtherEndpoints.ELSEWHERE;
        }

        @Override
        public boolean gone() {
            return true;
        }
    }

    /** No more queries. */
    record Ended(Route last) implements Route {
        @Override
        public OtherEndpoints known() {
            return last.known();
        }

        @Override
        public boolean gone() {
            return last.gone();
        }
    }

    /** After a known family has answered beside the CGMiner port. */
    default Route answeredElsewhere() {
        return gone() || known() == OtherEndpoints.WEB_HERE ? this : OtherEndpoints.ELSEWHERE;
    }

    /**
     * After a port beside the CGMiner port has refused a connection.
     *
     * @param searching whether the CGMiner port was tried first
     */
    default Route refusedElsewhere(boolean searching) {
        return known() == OtherEndpoints.ELSEWHERE && !searching ? new Gone() : this;
    }
}
