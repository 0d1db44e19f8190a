// Which addresses a webhook may go to.
import { describe, expect, it } from 'vitest';
import { isPublicAddress, isPublicHost, lookupPublic } from '../../../workers/outbox/public-address.ts';

describe('isPublicAddress', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255',
    '::1', '::', 'fe80::1', 'fd00::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '::127.0.0.1', '::a00:1', '::ffff:0:127.0.0.1', '::ffff:0:a00:1', 'not an address'])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])('accepts %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('isPublicHost', () => {
  it.each(['[::1]', '127.0.0.1', '[fd00::1]'])('refuses the address %s', (host) => expect(isPublicHost(host)).toBe(false));
  it('lets a name through, because its addresses are checked when it is looked up', () => expect(isPublicHost('localhost')).toBe(true));
  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/'])('refuses the odd spelling %s', (url) => expect(isPublicHost(new URL(url).hostname)).toBe(false));
});

describe('lookupPublic', () => {
  it('fails for a name that leads into this machine', async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', {}, (found) => resolve(found)));
    expect(error).toMatchObject({ code: 'EPRIVATE' });
  });
});
