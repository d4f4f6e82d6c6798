import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-detail';

describe(rule, () => {
  it('accepts low, high, auto and none, of which only low is without a hint', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}},{"type":"image_url","image_url":{"url":"a","detail":"high"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"auto"}},{"type":"image_url","image_url":{"url":"a"}}]}]}
      `,
    );
  });

  it('accepts a level spelled with escapes', () => {
    noFinding(
      String.raw`{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","d\u0065tail":"l\u006fw"}}]}]}`,
    );
  });

  it('reports another level on its value, capitals included, and no cost', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"ultra"}},{"type":"image_url","image_url":{"url":"a","detail":"LOW"}}]}]}
                                                                                                 ^^^^^^^ warning Detail is "ultra"; expected low, high or auto, else it may be refused.
                                                                                                                                                               ^^^^^ warning Detail is "LOW"; expected low, high or auto, else it may be refused.
      `,
    );
  });

  it('reports a level that is not a string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"detail":null,"url":"a"}},{"type":"image_url","image_url":{"detail":{},"url":"a"}}]}]}
                                                                                       ^^^^ warning Detail is null; expected low, high or auto, else it may be refused.
                                                                                                                                                  ^ warning Detail is an object; expected low, high or auto, else it may be refused.
      `,
    );
  });

  it('reports nothing beside an image_url given as a string, where detail has no place', () => {
    checkRule(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"a","detail":"ultra"}]}]}',
      { alongside: ['content-part'] },
    );
  });

  it('judges the last of two levels', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low","detail":"x"}}]}]}
                                                                                                                ^^^ warning Detail is "x"; expected low, high or auto, else it may be refused.
      `,
      { alongside: ['duplicate-key'] },
    );
  });

  it('offers the three levels in place of the value', () => {
    const before =
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"detail" : ["low"], "url":"a"}}]}]}';
    deepEqual(fixTitles(rule, before), [
      'Set detail to low',
      'Set detail to high',
      'Set detail to auto',
    ]);
    for (const level of ['low', 'high', 'auto']) {
      checkFix(rule, before, before.replace('["low"]', `"${level}"`), `Set detail to ${level}`);
    }
  });

  it('offers only the level that was meant, and certainly, where case or white space is wrong', () => {
    const before =
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":" High"}}]}]}';
    deepEqual(fixTitles(rule, before), ['Set detail to high']);
    checkFix(rule, before, before.replace(' High', 'high'));
  });

  it('repairs the last of two levels', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"y","detail":"x"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"y","detail":"low"}}]}]}',
      'Set detail to low',
    );
  });

  it('has the severity that the settings give it; switched off, no cost of an unknown level is told', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"x"}}]}]}
                                                                                                 ^^^ error Detail is "x"; expected low, high or auto, else it may be refused.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'error' } });
    noFinding(
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"x"}}]}]}',
      { severities: { [rule]: 'off' } },
    );
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      "detail":"x"}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"x"}}]}]}
                                                                                                 ^^^ warning Detail is "x"; expected low, high or auto, else it may be refused.
      {"detail":"x
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
