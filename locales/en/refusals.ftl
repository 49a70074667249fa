# Each refusal: what is wrong, and what to do (-do).
refusal-CAMPAIGN-001 = There is a campaign for { $year } already.
refusal-CAMPAIGN-001-do = Open that campaign and go on there.
refusal-CAMPAIGN-002 = This step lies before the one it follows ({ $before }).
refusal-CAMPAIGN-002-do = Choose { $before } or a later day.
refusal-CAMPAIGN-003 = This step lies outside { $from } – { $to }.
refusal-CAMPAIGN-003-do = Choose a day within it.
refusal-CAMPAIGN-004 = No rule book governs the year { $year }.
refusal-CAMPAIGN-004-do = Choose another year, or ask the superior body for the rule book of that year.
refusal-CAMPAIGN-005 = The unit has no members in the roster.
refusal-CAMPAIGN-005-do = Import units and members before opening a campaign.
refusal-CAMPAIGN-006 = This level does not open a round.
refusal-CAMPAIGN-006-do = Choose a base organisation, a base cell, or a committee above the base.
refusal-CAMPAIGN-007 = The rule book has no such choice for "{ $setting }".
refusal-CAMPAIGN-007-do = Choose one of those listed.
refusal-CAMPAIGN-008 = This day is later than the superior's ({ $day }).
refusal-CAMPAIGN-008-do = Choose { $day } or an earlier day.
refusal-CAMPAIGN-009 = The cut-off day of the round is { $day } and cannot be moved.
refusal-CAMPAIGN-009-do = Keep { $day }.
refusal-CAMPAIGN-010 = This round is being opened and is not ready.
refusal-CAMPAIGN-010-do = Wait a few minutes and look at the page of rounds again.
refusal-CAMPAIGN-011 = There is no such kind of round.
refusal-CAMPAIGN-011-do = Choose one of the list.
refusal-CAMPAIGN-012 = No quarter was chosen, or it is not one.
refusal-CAMPAIGN-012-do = Choose quarter 1, 2, 3 or 4.
refusal-CAMPAIGN-013 = The roster changed while the round was being opened. Nothing was written.
refusal-CAMPAIGN-013-do = Open the round again.
refusal-CAMPAIGN-014 = { $unit } opened a round for this period itself, under another rule book ({ $book }).
refusal-CAMPAIGN-014-do = Let that unit go on with its round, or choose another kind of round.
refusal-CAMPAIGN-015 = The round is closed; its days cannot be changed.
refusal-CAMPAIGN-015-do = Look at the open round.
refusal-CAMPAIGN-016 = It is not settled who decides on { $number } subjects, among them { $subject ->
    [organization] the organisation
    [collective] the collective
    [leader] a leader
   *[other] the members
  } of { $unit }.
refusal-CAMPAIGN-016-do = Open the page Authority, look at what must be settled, record a delegation or end one of those that contradict each other, then open the round again.
refusal-CAMPAIGN-017 = This day is later than the superior's ({ $day }), and the unit is not marked as one that does not sum up at year-end.
refusal-CAMPAIGN-017-do = Open the page of the unit, mark it with the document, then set the day again.

refusal-REVIEW-001 = The review is at another step, so this cannot be done yet.
refusal-REVIEW-001-do = Review comes before classification: hand in the self-review, meet, propose, then decide.
refusal-REVIEW-002 = Somebody has changed this review in the meantime.
refusal-REVIEW-002-do = Load the page again to see the newest version; what you typed is kept here.
refusal-REVIEW-003 = This person is not to be reviewed in this campaign.
refusal-REVIEW-003-do = See the reason in the review; if the roster is wrong, mend the roster.
refusal-REVIEW-004 = Writing for another needs a reason.
refusal-REVIEW-004-do = Say why in a few words, for example "poor eyesight, dictated to the cell committee".
refusal-REVIEW-005 = The fact "{ $fact }" needs evidence.
refusal-REVIEW-005-do = Give number, date and issuer of the document it rests on.
refusal-REVIEW-006 = The value of "{ $fact }" has the wrong form.
refusal-REVIEW-006-do = Write it like this: { $expected }
refusal-REVIEW-007 = The rule book has no fact "{ $fact }".
refusal-REVIEW-007-do = Choose one from the list.
refusal-REVIEW-008 = The comment or the signer is missing.
refusal-REVIEW-008-do = Give the signer and the level or comment of the assessor.
refusal-REVIEW-009 = Returning a self-review needs a reason.
refusal-REVIEW-009-do = Say which part should be completed.
refusal-REVIEW-010 = This was changed by { $person } at { $at }, after you opened the page. What you just entered is not saved.
refusal-REVIEW-010-do = What you entered is still on the page; where it differs, what is stored stands below. Look at each place, correct it if needed, and save again.

refusal-SLIP-001 = The body that takes part is not named.
refusal-SLIP-001-do = Write its name as on the slip.
refusal-SLIP-002 = The criterion "{ $criterion }" has no grade.
refusal-SLIP-002-do = Choose a grade as on the slip. A superior body that fills only its own field is entered as "superior body".
refusal-SLIP-003 = The slip has no grade and no comment.
refusal-SLIP-003-do = Enter at least one grade or a general comment.
refusal-SLIP-004 = No proposed level is chosen.
refusal-SLIP-004-do = Choose the level as on the slip.
refusal-SLIP-005 = The signer is missing.
refusal-SLIP-005-do = Write name and post as on the slip.

refusal-FORM-001 = "{ $label }" is not filled in.
refusal-FORM-001-do = Fill it in and hand in again. The draft is kept.
refusal-FORM-002 =
    { $label ->
        [none] This part has { $length } characters, more than the { $max } allowed.
       *[other] "{ $label }" has { $length } characters, more than { $max }.
    }
refusal-FORM-002-do = Make it shorter.
refusal-FORM-003 =
    { $label ->
        [none] The value here is not among the boxes.
       *[other] "{ $label }" has a value that is not among the boxes.
    }
refusal-FORM-003-do = Choose one of the boxes.
refusal-FORM-004 = The date "{ $value }" does not exist or is not day/month/year.
refusal-FORM-004-do = Write it as 31/12/2022.
refusal-FORM-005 = The time "{ $value }" is wrong.
refusal-FORM-005-do = Write it as 07:30.
refusal-FORM-006 = "{ $value }" is not a number.
refusal-FORM-006-do = Write digits only, for example 14.
refusal-FORM-007 = "{ $label }": "{ $value }" is not a number of points from 0 to { $max }.
refusal-FORM-007-do = Write a number with at most two decimals, for example 28.5.
refusal-FORM-008 = "{ $label }" says { $value }, but its parts add up to { $sum }.
refusal-FORM-008-do = Correct the parts, or write { $sum } as the total.

refusal-MEETING-001 = The chair or the secretary is not chosen.
refusal-MEETING-001-do = Choose from those convened.
refusal-MEETING-002 = The minutes are sealed and cannot be changed.
refusal-MEETING-002-do = Record a mistake in the minutes of the next meeting.
refusal-MEETING-003 = An absence needs a reason.
refusal-MEETING-003-do = Give the reason for { $person }.
refusal-MEETING-004 = The chair is recorded as absent.
refusal-MEETING-004-do = Correct the attendance or choose another chair.
refusal-MEETING-005 = The head must chair the review; if another presides, say why.
refusal-MEETING-005-do = Choose the head, or give the reason beside it.
refusal-MEETING-006 = The time of closing or the chair's conclusion is missing.
refusal-MEETING-006-do = Fill in both, then seal the minutes.
refusal-MEETING-007 = The ballot is not counted yet.
refusal-MEETING-007-do = Both tellers enter, the head of counting resolves differences, then seal.
refusal-MEETING-008 = { $count } members have not handed in their self-review.
refusal-MEETING-008-do = Remind them, or write it for them and say why.
refusal-MEETING-009 = { $count } criticisms have no answer of the person concerned.
refusal-MEETING-009-do = Record the answer; if there was none, write so.
refusal-MEETING-010 = The criticism has no content.
refusal-MEETING-010-do = Write what was said and what it rests on.
refusal-MEETING-012 = Somebody else changed this conclusion after you opened the page. Stored now: "{ $stored }".
refusal-MEETING-012-do = What you typed is still in the box below. Put the two together and save again.
refusal-MEETING-011 = The day lies outside the campaign.
refusal-MEETING-011-do = Choose a day after the campaign was opened.

refusal-BALLOT-001 = Papers printed ({ $whole }) differ from given + voided + left over ({ $sum }).
refusal-BALLOT-001-do = Count the papers again and correct the entry.
refusal-BALLOT-002 = Papers given out ({ $whole }) differ from returned + not returned ({ $sum }).
refusal-BALLOT-002-do = Count the returned papers again.
refusal-BALLOT-003 = Papers returned ({ $whole }) differ from valid + invalid ({ $sum }).
refusal-BALLOT-003-do = Count valid and invalid papers again.
refusal-BALLOT-004 = Line { $line }: the boxes add up to { $sum }, not to the valid papers ({ $whole }).
refusal-BALLOT-004-do = Check line { $line }; blank lines and wrongly marked lines count too.
refusal-BALLOT-005 = { $given } papers given out, more than there are votes ({ $base }).
refusal-BALLOT-005-do = Check the papers given out, or the attendance.
refusal-BALLOT-010 = Only the two appointed tellers enter counts.
refusal-BALLOT-010-do = Ask a teller to sign in.
refusal-BALLOT-011 = You made the first entry; the second must come from the other teller.
refusal-BALLOT-011-do = Ask the second teller to enter.
refusal-BALLOT-012 = Both entries exist.
refusal-BALLOT-012-do = See the result, or let the head of counting resolve differences.
refusal-BALLOT-013 = Only the head of counting resolves differences.
refusal-BALLOT-013-do = Ask the head of counting to sign in.
refusal-BALLOT-014 = There is nothing to resolve.
refusal-BALLOT-014-do = See the result of the count.
refusal-BALLOT-015 = The two tellers and the head of counting must be three different persons who are present.
refusal-BALLOT-015-do = Choose the counting team again.
refusal-BALLOT-016 = This meeting has a ballot already.
refusal-BALLOT-016-do = Open that ballot.
refusal-BALLOT-017 = Nobody can be voted on yet.
refusal-BALLOT-017-do = Members hand in their self-reviews first, then draw up the ballot.
refusal-BALLOT-018 = Attendance is not recorded, so the number of votes is unknown.
refusal-BALLOT-018-do = Record attendance before drawing up the ballot.
refusal-BALLOT-019 = The head of counting must say why the two entries differ.
refusal-BALLOT-019-do = Write in a few words what comparing the papers showed.
refusal-BALLOT-020 = The counting has come too far to replace anybody.
refusal-BALLOT-020-do = Tellers are not replaced once both have entered, nobody once the counts are definitive.
refusal-BALLOT-021 = This teller has entered his counts and cannot be replaced.
refusal-BALLOT-021-do = They stand; only the other teller has to enter.
refusal-BALLOT-022 = Whoever replaces a member of the counting team must say why.
refusal-BALLOT-022-do = Give the reason in short, for example: ill, had to leave.
refusal-BALLOT-023 = No ballot yet: { $n } members have no proposal of their cell, first of all in { $unit }.
refusal-BALLOT-023-do = Ask these cells to send their lists, then draw up the ballot. For a member who cannot write, the secretary may write the self-review on his behalf.

refusal-PROPOSAL-001 = The proposal was sent and cannot be changed.
refusal-PROPOSAL-001-do = Ask the base committee to return it.
refusal-PROPOSAL-002 = Only a proposal that was sent can be returned.
refusal-PROPOSAL-002-do = See the state of the proposal.
refusal-PROPOSAL-003 = Returning it needs a reason.
refusal-PROPOSAL-003-do = Say what the cell should consider again.
refusal-PROPOSAL-004 = { $count } persons have no proposed level; the first is { $person }.
refusal-PROPOSAL-004-do = Choose a level for each, then send.
refusal-PROPOSAL-005 = The level proposed for { $person } is not permitted.
refusal-PROPOSAL-005-do = See the grounds under "Why" and choose a lower level.
refusal-PROPOSAL-006 = The level proposed for { $person } differs from the ballot; give a reason.
refusal-PROPOSAL-006-do = Write the reason in the last column.
refusal-PROPOSAL-007 = The minutes of the cell's meeting are not sealed.
refusal-PROPOSAL-007-do = Seal the minutes, then send the proposal.
refusal-PROPOSAL-008 = By what is known of { $person } now, he is not to be classified, so no level is proposed.
refusal-PROPOSAL-008-do = Clear the level; if a fact of the case is wrong, correct it first.

refusal-DECISION-001 = The decision is issued.
refusal-DECISION-001-do = An issued result changes only by a new decision.
refusal-DECISION-002 = The decision has no number.
refusal-DECISION-002-do = Give the number from the register, for example 15.
refusal-DECISION-003 = { $in_favour } of { $base } members are in favour, not more than half ({ $needed } needed).
refusal-DECISION-003-do = A decision needs more than half of the members.
refusal-DECISION-004 = More votes in favour ({ $in_favour }) than members ({ $base }).
refusal-DECISION-004-do = Check the votes.
refusal-DECISION-005 = { $count } cells have not sent their proposal.
refusal-DECISION-005-do = Remind those cells.
refusal-DECISION-006 = { $count } persons have no decided level; the first is { $person }.
refusal-DECISION-006-do = Choose a level for each.
refusal-DECISION-007 = The level of { $person } is not permitted ({ $count } cases).
refusal-DECISION-007-do = Choose a level that the rules permit.
refusal-DECISION-008 = The top level exceeds the cap by { $over }.
refusal-DECISION-008-do = Lower the number, or record the reason for which the committee takes responsibility.
refusal-DECISION-009 = The level decided for { $person } differs from the proposal; give a reason.
refusal-DECISION-009-do = Write the reason in the last column.
refusal-DECISION-010 = The minutes of the committee's meeting are not sealed.
refusal-DECISION-010-do = Record and seal the committee's minutes before issuing.
refusal-DECISION-011 = The proposal for { $person } changed after the level was saved.
refusal-DECISION-011-do = Look at the new proposal; choose again, or keep the level (on the list of members tick "Seen, the chosen level stays"), then save.
refusal-DECISION-012 = By what is known of { $person } now, he is not to be classified, so no level is decided.
refusal-DECISION-012-do = Clear the level; if a fact of the case is wrong, correct it first.
refusal-DECISION-031 = { $person } has not been rated by the agency yet.
refusal-DECISION-031-do = Enter the opinion of the head of agency in the dossier first; if the agency gives no level, enter the comment and leave the level empty.
refusal-DECISION-032 = The texts give no level for the case of { $person }; the competent body must give its grounds.
refusal-DECISION-032-do = Write the grounds in the last column.

refusal-NOTICE-001 = This notice has been replied to.
refusal-NOTICE-001-do = See the reply.
refusal-NOTICE-002 = The time for a reply has passed ({ $due }).
refusal-NOTICE-002-do = Petition the committee in writing.
refusal-NOTICE-003 = The reply is empty.
refusal-NOTICE-003-do = Write your reply, then send.

refusal-REMEDY-001 = Owner and monitor must be two persons.
refusal-REMEDY-001-do = Choose another monitor.
refusal-REMEDY-002 = The deadline must lie after today ({ $today }).
refusal-REMEDY-002-do = Choose a later day.
refusal-REMEDY-003 = The shortcoming, the measure or the expected effect is missing.
refusal-REMEDY-003-do = Fill in all three.
refusal-REMEDY-004 = Only the monitor confirms that it is remedied.
refusal-REMEDY-004-do = Ask the monitor.
refusal-REMEDY-005 = This item is confirmed already.
refusal-REMEDY-005-do = Nothing more to do.
refusal-REMEDY-006 = The finding is missing.
refusal-REMEDY-006-do = Write what the check showed.
refusal-REMEDY-007 = This person is the monitor already.
refusal-REMEDY-007-do = Choose somebody else.
refusal-REMEDY-008 = Whoever replaces a monitor must say why.
refusal-REMEDY-008-do = Give the reason in short, for example: moved, ill for long.
refusal-REMEDY-009 = No monitor is chosen, or he is no member here any more.
refusal-REMEDY-009-do = Choose a member from the list.

refusal-ACCESS-001 = Login or passphrase is wrong.
refusal-ACCESS-001-do = Check capital letters. If forgotten, ask the committee office for a new one.
refusal-ACCESS-002 = Too many wrong attempts; the account is locked for { $seconds } seconds.
refusal-ACCESS-002-do = Wait and try again.

refusal-CHECK-002 = A figure cannot be read as a number.
refusal-CHECK-002-do = Mend the cell in the file and check again.
refusal-CHECK-005 = There is no rule book for this year.
refusal-CHECK-005-do = The comparison is for orientation only; add the rule book of that year for a real result.

refusal-REGISTER-001 = Number { $number } is on another paper of this kind in { $year }.
refusal-REGISTER-001-do = Look into the register and enter another number.
refusal-REGISTER-002 = The paper is dated before { $earliest }, the day of what it tells of.
refusal-REGISTER-002-do = Enter a day from { $earliest } on.
refusal-REGISTER-003 = The paper is dated after today ({ $today }).
refusal-REGISTER-003-do = Enter the day on which it was signed.
refusal-REGISTER-004 = No notice waits for a number.
refusal-REGISTER-004-do = To correct one notice's number, open the papers of that person's cell.
refusal-REGISTER-005 = "{ $number }" is no number of a paper.
refusal-REGISTER-005-do = Enter the number of the register, for example 15; leave the field empty to take a number back.

refusal-ORG-001 = { $day } has not come yet (today is { $today }), so a change that holds from that day cannot be entered.
refusal-ORG-001-do = Enter it on the day it takes effect, or afterwards.
refusal-ORG-002 = { $unit } was founded or last changed on { $since }; this change is to hold from a day before.
refusal-ORG-002-do = Check the day; changes of a unit are entered in the order of time.
refusal-ORG-003 = { $unit } has ended; its last day is { $day }.
refusal-ORG-003-do = The history of the unit names its successor.
refusal-ORG-004 = { $superior } is this unit itself or stands below it, so it cannot be its superior.
refusal-ORG-004-do = Choose another superior.
refusal-ORG-005 =
    { $unit } ({ $kind ->
        [province] province
        [above_base] above the base
        [base_organization] base organisation
        [base_cell] base cell
        [sub_committee] sub-committee
       *[cell] cell
    }) cannot stand directly under { $superior } ({ $superior_kind ->
        [province] province
        [above_base] above the base
        [base_organization] base organisation
        [base_cell] base cell
        [sub_committee] sub-committee
       *[cell] cell
    }).
refusal-ORG-005-do = Choose another superior or another kind.
refusal-ORG-006 = The code "{ $code }" belongs to another unit.
refusal-ORG-006-do = Choose another code; a unit that has ended keeps its own.
refusal-ORG-007 = There is no unit with the code "{ $code }" among those you may change.
refusal-ORG-007-do = The page Organisation shows the codes. For units elsewhere, ask the superior both have in common.
refusal-ORG-008 = { $unit } still has { $count } members; the first is { $person }.
refusal-ORG-008-do = Take all members to another cell (merge or split), then do it again.
refusal-ORG-009 = { $unit } still has { $count } open units below; the first is { $first }.
refusal-ORG-009-do = Move or close the units below first.
refusal-ORG-010 = This is the top of the hierarchy; that cannot be done with it.
refusal-ORG-010-do = Choose a unit below.
refusal-ORG-011 = The document of the change is incomplete: its number, day and issuer.
refusal-ORG-011-do = Take them from the decision on the organisation.
refusal-ORG-012 = A merger needs at least two different units.
refusal-ORG-012-do = Choose the other units or type their codes.
refusal-ORG-013 = { $unit } is of another sort: cells merge with and split into cells, committees into committees.
refusal-ORG-013-do = Choose other units or another kind.
refusal-ORG-014 = { $unit } has sent its proposal in "{ $campaign }", and it is not decided yet.
refusal-ORG-014-do = Decide it or send the proposal back, then enter the change.
refusal-ORG-015 = A person or unit was put into two parts.
refusal-ORG-015-do = Each goes to one place only.
refusal-ORG-016 = Nobody and no unit was chosen to go.
refusal-ORG-016-do = Tick the people or units that go to the other unit.
refusal-ORG-017 = This would change nothing: the new value is the present one.
refusal-ORG-017-do = Check what is to change.
refusal-ORG-018 = { $person } holds a post in { $unit } from { $day }, after the unit ended or the person left.
refusal-ORG-018-do = Correct the day of the post in the roster, or choose a later day.
refusal-ORG-019 = Of { $unit } and { $other }, one stands below the other, so they cannot merge.
refusal-ORG-019-do = Move the lower one away first, or close it once everybody has moved.
refusal-ORG-020 =
    { $unit } ({ $kind ->
        [province] province
        [above_base] above the base
        [base_organization] base organisation
        [base_cell] base cell
        [sub_committee] sub-committee
       *[cell] cell
    }) stands below it and cannot stand under { $superior } ({ $superior_kind ->
        [province] province
        [above_base] above the base
        [base_organization] base organisation
        [base_cell] base cell
        [sub_committee] sub-committee
       *[cell] cell
    }).
refusal-ORG-020-do = Move the unit below, or change its kind, first.
refusal-ORG-021 = { $unit } has sealed the minutes of its review meeting in "{ $campaign }", so whoever comes without having been reviewed would have no meeting.
refusal-ORG-021-do = Let the old cell meet and seal its minutes first, or merge into a new cell.
refusal-ORG-022 = This is not filled in.
refusal-ORG-022-do = Fill it in and do it again.
refusal-ORG-023 = { $person } is not a member of { $unit } on { $day }.
refusal-ORG-023-do = Check the day and the official cell in the roster.
refusal-ORG-024 = Somebody chosen is not a member of { $unit } any more on that day.
refusal-ORG-024-do = Reload the page to see the newest list.
refusal-ORG-025 = { $unit } was verified in "{ $campaign }" and is not decided yet.
refusal-ORG-025-do = Issue the decision, or open the verification sheet and return the dossier, then record this change.
refusal-ORG-026 = { $unit } is marked so already on that day.
refusal-ORG-026-do = Choose another sector or another day.
refusal-ORG-027 = On that day { $unit } was not founded yet or had ended.
refusal-ORG-027-do = Correct the day.

refusal-TEMP-001 = The temporary cell must be another than the official one.
refusal-TEMP-001-do = Choose another cell.
refusal-TEMP-002 = The last day comes before the first.
refusal-TEMP-002-do = Enter a last day on or after { $from }, or leave it empty.
refusal-TEMP-003 = The member takes part for a time in { $unit } in these days already.
refusal-TEMP-003-do = End that temporary activity first, then enter the new one.
refusal-TEMP-004 = This is no open cell.
refusal-TEMP-004-do = Choose an open cell.
refusal-TEMP-005 = This temporary activity has ended or was just changed by somebody else.
refusal-TEMP-005-do = Reload the page to see how it stands.
refusal-TEMP-006 = There is no comment.
refusal-TEMP-006-do = Write a comment on the member during the temporary activity; the level may stay empty.
refusal-TEMP-007 = The time for the opinion has not passed ({ $due }), so one cannot go on yet without { $unit }.
refusal-TEMP-007-do = Wait for the opinion or remind the cell; afterwards give the reason and go on.
refusal-TEMP-008 = No reason is given for going on without the opinion of the temporary cell.
refusal-TEMP-008-do = Give the reason, for example: reminded twice on which days, no answer came.
refusal-TEMP-009 = { $unit }, where { $person } takes part for a time, has not given its opinion.
refusal-TEMP-009-do = Wait for it; if its time has passed, open the page of { $person } from the roster, "Opinions of temporary cells", and give the reason for going on.
refusal-TEMP-010 = This opinion is not needed any more: the review was decided or has left its round.
refusal-TEMP-010-do = Go back to your tasks.
refusal-ATTACH-001 = The file { $name } is empty.
refusal-ATTACH-001-do = Choose the file again and send it.
refusal-ATTACH-002 = The file { $name } is larger than { $max } MB.
refusal-ATTACH-002-do = Scan it with a lower resolution, or send it in several parts.
refusal-ATTACH-003 = Files like { $name } are not taken.
refusal-ATTACH-003-do = Send a PDF, Word (.docx), Excel (.xlsx) or picture (.jpg, .png).
refusal-ATTACH-004 = The content of { $name } is not what its name says{ $found ->
    [none] {""}
   *[other] : inside is a file of kind { $found }
 }.
refusal-ATTACH-004-do = Open it with the program that made it, save it as PDF and send that.
refusal-ATTACH-005 = The version to be replaced is not here or was replaced already.
refusal-ATTACH-005-do = Open this page again, look at the newest version and choose which one to replace.
refusal-DIRECT-001 = The document is no draft any more, or not in force, so this cannot be done.
refusal-DIRECT-001-do = Open the page again; what was issued is replaced by another document.
refusal-DIRECT-002 = Number or day is missing.
refusal-DIRECT-002-do = Press "Change the draft", write both, then issue it.
refusal-DIRECT-003 = The abstract is missing.
refusal-DIRECT-003-do = Write in short what the document is about.
refusal-DIRECT-004 = The last day { $due } lies before the day of the document, { $dated }.
refusal-DIRECT-004-do = Correct one of the two.
refusal-DIRECT-005 = This installation may not hold a document with that mark of secrecy.
refusal-DIRECT-005-do = Do not enter what it says. Where another document refers to it, write only number, day and issuer among the bases.
refusal-DIRECT-006 = Document { $number } rests on this one: the bases go in a circle.
refusal-DIRECT-006-do = Take that basis out.
refusal-DIRECT-007 = The basis lacks number, day or issuer.
refusal-DIRECT-007-do = Write all three, or choose a document that is here.
refusal-DIRECT-008 = The clause number "{ $label }" is empty or used twice.
refusal-DIRECT-008-do = Give each clause a number of its own.
refusal-DIRECT-009 = There is no clause "{ $label }".
refusal-DIRECT-009-do = Write the number of a clause that is there.
refusal-DIRECT-010 = The obligation names a kind of body that does not receive the document.
refusal-DIRECT-010-do = Add that kind to the recipients, or take it out.
refusal-DIRECT-011 = No recipients were chosen.
refusal-DIRECT-011-do = Mark the kinds of body that receive it.
refusal-DIRECT-012 = The day of the document lies after today, { $today }.
refusal-DIRECT-012-do = Correct it, or issue it on that day.
refusal-DIRECT-013 = The body has issued a document No. { $number } in { $year } already.
refusal-DIRECT-013-do = Look it up in the register and write another number.
refusal-DIRECT-014 = The reason is missing.
refusal-DIRECT-014-do = Write why, for the recipients.
refusal-DIRECT-015 = { $unit } did not receive that document, or it is not in force, so nothing is issued under it.
refusal-DIRECT-015-do = Draft a document of its own.
refusal-DIRECT-016 = The head acknowledges himself; the deputy only while there is none.
refusal-DIRECT-016-do = Ask the secretary to sign in and acknowledge.
refusal-DIRECT-017 = What stands in its place is another issued document of the same body.
refusal-DIRECT-017-do = Issue the newer one first, then choose it.
refusal-DIRECT-018 = The day must lie between { $from } and { $to }.
refusal-DIRECT-018-do = Correct the day.
refusal-DIRECT-019 = It was acknowledged for this body already.
refusal-DIRECT-019-do = Nothing more is to be done.
refusal-DIRECT-020 = This obligation shows by the acknowledgement and is not reported.
refusal-DIRECT-020-do = Acknowledge it further up on the page.
refusal-DIRECT-021 = It is not said what was done.
refusal-DIRECT-021-do = Write what was done, when, with what result.
refusal-DIRECT-022 = The basis of { $basis } is later than the document, { $dated }.
refusal-DIRECT-022-do = Correct one of the two days.
refusal-DIRECT-023 = The obligation does not say what must be done or who must.
refusal-DIRECT-023-do = Write what, and choose the kind of body.
refusal-DIRECT-024 = The basis "{ $summary }" is not issued yet.
refusal-DIRECT-024-do = Issue that document first.
refusal-DIRECT-025 = The superior's document { $number } is not in force any more.
refusal-DIRECT-025-do = Drop this draft and begin one under what is in force.
refusal-DIRECT-026 = The document is not in force any more.
refusal-DIRECT-026-do = See what stands in its place, if anything.
refusal-DIRECT-027 = The body has reported this already.
refusal-DIRECT-027-do = It need not be reported again.
refusal-DIRECT-028 = Clause { $clause } is not in the document, or it is not in force.
refusal-DIRECT-028-do = Choose again.
refusal-REMIND-001 = The mail address is missing.
refusal-REMIND-001-do = Write it, or choose "No letters".
refusal-REMIND-002 = { $address } is no mail address.
refusal-REMIND-002-do = Write it like name@commune.internal, without marks or blanks.
refusal-JOB-001 = This job has not failed (any more).
refusal-JOB-001-do = Look at the list again.
refusal-REMEDY-010 = The inspector is neither the owner nor the monitor.
refusal-REMEDY-010-do = Choose somebody else, or leave it open.
refusal-REMEDY-011 = The deadline must be after the first day ({ $start }).
refusal-REMEDY-011-do = Change one of the two days.
refusal-REMEDY-012 = { $day } is not possible: neither after today ({ $today }) nor before the first day.
refusal-REMEDY-012-do = Enter the day on which it was done or seen.
refusal-REMEDY-013 = The new day must be after the present one ({ $due }).
refusal-REMEDY-013-do = Choose a later day.
refusal-REMEDY-014 = A deadline is put off with a reason.
refusal-REMEDY-014-do = Write the reason.
refusal-REMEDY-015 = Nobody confirms what he owes himself.
refusal-REMEDY-015-do = Ask the monitor to check and confirm it.
refusal-REMEDY-016 = Nothing is written.
refusal-REMEDY-016-do = Write what was done or seen.
refusal-REMEDY-017 = Nobody answers for it yet.
refusal-REMEDY-017-do = Choose one of the collective.
refusal-PLAN-001 = The plan is at another step.
refusal-PLAN-001-do = Once sent it waits for the body; before, it has to be sent.
refusal-PLAN-002 = { $n } shortcomings have neither an item nor a reason; the first: “{ $first }”.
refusal-PLAN-002-do = Make an item of each, or say why it is left out.
refusal-PLAN-003 = The plan is empty.
refusal-PLAN-003-do = Plan at least one item.
refusal-PLAN-004 = A plan is returned with a reason.
refusal-PLAN-004-do = Write what has to change.
refusal-PLAN-005 = What is left out needs a reason.
refusal-PLAN-005-do = Write it briefly.
refusal-PLAN-006 = An item takes this up already.
refusal-PLAN-006-do = Nothing has to be done.
refusal-PLAN-007 = The milestone after { $days } days that the book asks for is missing.
refusal-PLAN-007-do = Set a goal and a supporter for each milestone.
refusal-PLAN-008 = The goal or the supporter is missing.
refusal-PLAN-008-do = Fill in both.
refusal-PETITION-001 = This petition is settled.
refusal-PETITION-001-do = Read the answer; something new is a new petition.
refusal-PETITION-002 = The petition is empty.
refusal-PETITION-002-do = Write what should be looked at again, and why.
refusal-PETITION-003 = Another petition is pending.
refusal-PETITION-003-do = Wait for its answer.
refusal-PETITION-004 = It was received between the notice ({ $decided }) and today ({ $today }).
refusal-PETITION-004-do = Enter the day on which the letter came.
refusal-PETITION-005 = The answer is empty.
refusal-PETITION-005-do = Write the conclusion and its grounds.
refusal-PETITION-006 = This is the level in force.
refusal-PETITION-006-do = Choose that the result stays, or another level.
refusal-PETITION-008 = The book has no such level.
refusal-PETITION-008-do = Choose one of the list.
refusal-PETITION-009 = The decision lies between the receipt of the petition and today ({ $today }).
refusal-PETITION-009-do = Enter the day on the decision.
refusal-PETITION-010 = The book of the round names no limit for an answer.
refusal-PETITION-010-do = Send the petition on paper.
refusal-PLAN-009 = This shortcoming is not in the dossier any more.
refusal-PLAN-009-do = Open the page again and choose from the list.
refusal-PLAN-010 = The book asks for no such milestone, or it is not set.
refusal-PLAN-010-do = See the milestones of the plan.
