-- Version 10: where the hub is reached. Tablets keep the list; so they follow a hub that moves, and try its other servers.

-- Host names or numeric addresses, separated by commas, in the order to try; '' while nobody said.
ALTER TABLE kiosk.hub ADD COLUMN hosts text NOT NULL DEFAULT '';

CREATE FUNCTION kiosk.hosts() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    PERFORM kiosk.me();
    RETURN (SELECT hosts FROM hub);
END $$;

REVOKE ALL ON FUNCTION kiosk.hosts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk.hosts() TO kiosk_tablet;
