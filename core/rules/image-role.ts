import { relocateImage } from '../fixes/imageRoleFixes.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule } from './rule.ts';

export const imageRole: ImageRule = {
  id: 'image-role',
  summary: 'Images stand only in user messages.',
  severity: 'error',
  scope: 'image',
  // An image that must go has no cost worth a hint.
  supersedes: ['image-detail-cost'],
  *check({ example, part }, { profile }) {
    const { role } = part.message;
    // A role that is missing or unknown is message-role's finding.
    const known = [...profile.roles.value, ...profile.uncertainRoles.value];
    if (role === undefined || role === 'user' || !known.includes(role)) return;
    const article = /^[aeiou]/.test(role) ? 'an' : 'a';
    yield {
      span: placeOf(part.value.get('type') ?? part.value),
      message: `Image in ${article} ${role} message; the service takes images only in user messages.`,
      fixes: () => relocateImage(example, part),
    };
  },
};
