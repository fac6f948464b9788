-- Version 4: a key that was replaced opens nothing at the hub any more.

-- When a change of keys has ended, the boxes sealed to the old key go, where the same request has one sealed to the new
-- key. What came to be sealed anew was told before; a box without an heir stays.
CREATE FUNCTION kiosk.lay_down_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    DELETE FROM parcel AS before WHERE centre = NEW.centre AND part = 'box:' || (NEW.payload::jsonb ->> 'old')
        AND EXISTS (SELECT 1 FROM parcel AS heir WHERE heir.centre = NEW.centre AND heir.subject = before.subject
                    AND heir.part = 'box:' || (NEW.payload::jsonb ->> 'new'));
    RETURN NULL;
END $$;
-- At the end of the transaction: the boxes of a message are kept after its entries.
CREATE CONSTRAINT TRIGGER key_laid_down AFTER INSERT ON kiosk.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.kind = 'keys.changed' AND NEW.reason IS NULL) EXECUTE FUNCTION kiosk.lay_down_key();
REVOKE ALL ON FUNCTION kiosk.lay_down_key() FROM PUBLIC;
