import type { Secret } from '../secrets.ts';
import { readAddress } from './address.ts';
import { openFolder } from './folder.ts';
import { openFtp } from './ftp.ts';
import type { Place } from './place.ts';
import { openS3 } from './s3.ts';
import { openSftp } from './sftp.ts';
import type { Watch } from './watches.ts';

/** Opens the place of a watch. @throws RamalError that says why it does not open. */
export async function openPlace(
  { place, fingerprint, trustFirst, region }: Pick<Watch, 'place' | 'fingerprint' | 'trustFirst' | 'region'>,
  secret: Secret,
  remember: (fingerprint: string) => Promise<void>,
): Promise<Place> {
  const address = readAddress(place);
  if (address.kind === 'sftp') return openSftp(address, secret, { known: fingerprint, trustFirst, remember });
  if (address.kind === 'ftp') return openFtp(address, secret);
  return address.kind === 's3' ? openS3(address, secret, region) : openFolder(address);
}
