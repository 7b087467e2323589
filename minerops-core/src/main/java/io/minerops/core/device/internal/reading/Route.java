package io.minerops.core.device.internal.reading;

/** The state of a reading's search for the port at which the device answers. */
sealed interface Route {
    /** What is known of the ports beside the CGMiner port. */
    OtherDoors known();

    /** Whether a port that was known to answer refused a connection. */
    default boolean gone() {
        return false;
    }

    /** The device is asked at these ports. */
    enum OtherDoors implements Route {
        /** Nothing: they are tried where the CGMiner port is shut. */
        UNTRIED,
        /** No known device answers there: they are not tried again. */
        SHUT,
        /** A web server answers on the very port of the CGMiner API. */
        WEB_HERE,
        /** The device is asked there. */
        ELSEWHERE;

        @Override
        public OtherDoors known() {
            return this;
        }
    }

    /** The device is asked beside the CGMiner port, where a port that was known to answer refuses. */
    record Gone() implements Route {
        @Override
        public OtherDoors known() {
            return OtherDoors.ELSEWHERE;
        }

        @Override
        public boolean gone() {
            return true;
        }
    }

    /** Nothing more is asked. */
    record Ended(Route last) implements Route {
        @Override
        public OtherDoors known() {
            return last.known();
        }

        @Override
        public boolean gone() {
            return last.gone();
        }
    }

    /** After a known family has answered beside the CGMiner port. */
    default Route answeredElsewhere() {
        return gone() || known() == OtherDoors.WEB_HERE ? this : OtherDoors.ELSEWHERE;
    }

    /**
     * After a port beside the CGMiner port has refused a connection.
     *
     * @param searching whether the CGMiner port was tried first
     */
    default Route refusedElsewhere(boolean searching) {
        return known() == OtherDoors.ELSEWHERE && !searching ? new Gone() : this;
    }
}
