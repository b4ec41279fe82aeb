//! What holds of every store: one suite of facts, run on memory and on the embedded DynamoDB, races included.

mod activation;
mod activity;
mod codes;
mod embedded;
mod faults;
mod guesses;
mod invitations;
mod methods;
mod passes;
mod people;
mod phones;
mod policy;
mod prompts;
mod proxy;
mod races;
mod requests;
mod rows;
mod sendings;
mod sessions;
mod telling;
mod tokens;
mod world;

/// Runs each fact on a new store of each kind; races as many rounds as asked for.
macro_rules! facts {
    (races { $($room:ident, $usual:literal rounds, $each:literal in a database { $($race:ident)+ })+ } $($area:ident { $($fact:ident)+ })+) => {
        mod in_memory {
            use crate::store::MemoryStore;
            $(mod $area { $(
                #[tokio::test]
                async fn $fact() {
                    super::super::$area::$fact(&super::MemoryStore::new()).await;
                }
            )+ })+
            $(mod $room { $(
                #[tokio::test]
                async fn $race() {
                    super::super::races::$room::$race(&super::MemoryStore::new()).await;
                }
            )+ })+
        }
        mod on_dynamo {
            $(mod $area { $(
                #[tokio::test]
                async fn $fact() {
                    super::super::$area::$fact(&super::super::embedded::open().await.store).await;
                }
            )+ })+
            $(mod $room { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $race() {
                    use super::super::{embedded, races};
                    let rounds = races::rounds($usual);
                    for first in (0..rounds).step_by($each) {
                        let database = embedded::open().await;
                        races::warm(&database.store).await;
                        for _ in first..rounds.min(first + $each) {
                            races::$room::$race(&database.store).await;
                        }
                    }
                }
            )+ })+
        }
    };
}

facts! {
    races {
        bringing, 200 rounds, 100 in a database {
            one_code_of_a_generator_lets_one_in
            one_code_of_a_hardware_token_lets_one_in
            one_code_of_a_text_message_lets_one_in
            one_code_of_a_call_lets_one_in
            one_assertion_lets_one_in
            a_right_code_in_a_burst_of_wrong_ones_counts_as_one_answer
        }
        handed_out, 200 rounds, 100 in a database {
            one_pass_for_one_sign_in_lets_one_in
            one_recovery_code_lets_one_in
            two_recovery_codes_at_once_let_two_in
            new_recovery_codes_leave_nothing_of_the_old
        }
        single_use, 200 rounds, 100 in a database {
            one_pairing_code_is_taken_by_one_phone
            one_phone_is_handed_over_to_one
            one_token_goes_to_one_account
        }
        counting, 10 rounds, 1 in a database {
            one_code_goes_out_of_many_that_are_asked_for
            a_budget_is_never_overdrawn
            one_guess_is_reserved_on_one_count
            every_raise_of_an_epoch_counts
            every_failure_of_an_address_counts
        }
        binding, 10 rounds, 1 in a database {
            two_methods_are_never_both_removed
            activations_stay_within_the_limit
            one_credential_goes_to_one_account
        }
        house, 10 rounds, 1 in a database {
            one_organization_is_set_up_once
            one_name_goes_to_one_account
            of_many_links_for_one_account_one_is_good
            one_status_is_left_once
            one_proof_is_taken_once
            one_version_of_a_ledger_is_saved_once
            one_link_lets_one_in
            one_version_of_the_policy_is_saved_once
        }
    }
    people {
        a_person_is_read_whole
        nobody_is_nobody
        a_name_belongs_to_one_account
        the_list_of_people_goes_by_name_and_ends_without_an_empty_page
        the_list_of_people_carries_everything_but_the_password
        a_status_is_left_only_from_where_it_stands
        an_epoch_rises_and_only_where_there_is_an_account
    }
    guesses {
        a_guess_is_reserved_only_on_the_count_that_is_stored
        a_count_is_forgotten_only_as_it_was_reserved
        names_and_kinds_of_browsers_are_counted_apart
        failures_of_an_address_are_counted_by_the_hour
    }
    codes {
        a_code_is_consumed_once_and_an_older_one_never_after_it
        a_right_code_resets_the_count
        an_answer_counts_only_on_the_attempts_that_it_was_judged_by
        a_pending_authenticator_consumes_no_code
        an_authenticator_that_is_gone_is_not_made_again_by_an_answer
        a_try_that_has_won_wins_again_and_changes_nothing
    }
    sendings {
        a_code_takes_the_place_of_the_one_before_and_one_of_each_budget
        a_code_is_void_once_the_next_one_is_saved
        a_spent_budget_saves_nothing_and_takes_nothing
        nothing_goes_to_a_number_that_is_not_in_use
        a_ceremony_is_saved_with_its_code_or_not_at_all
    }
    prompts {
        who_has_no_ledger_has_an_empty_one
        a_ledger_comes_back_as_it_was_saved
        a_ledger_is_saved_only_over_the_version_before_it
        a_saving_that_has_won_wins_again
    }
    methods {
        an_id_is_bound_once
        only_what_is_in_use_is_renamed
        a_default_is_an_authenticator_in_use_of_the_set_that_was_seen
        a_removal_takes_the_authenticator_and_moves_the_default
        a_removal_on_an_old_picture_changes_nothing
    }
    activation {
        a_tested_phone_counts_and_its_ceremony_is_over
        a_generator_that_was_never_pending_counts
        the_same_installation_is_replaced
        a_channel_that_was_renewed_during_the_test_stays
        an_activation_happens_once
        what_changed_since_it_was_read_activates_nothing
        a_generator_does_not_overwrite_what_is_bound
        a_credential_is_one_accounts_until_it_is_removed
    }
    passes {
        a_pass_comes_back_as_it_was_issued_and_replaces_the_one_before
        a_pass_on_an_old_picture_is_not_issued
        only_a_pass_is_revoked_and_only_once
    }
    phones {
        a_phone_that_is_there_gets_another_channel_and_nothing_else_does
        a_phone_says_what_it_can_do_and_nothing_else_does
        a_use_is_noted
        what_is_good_once_is_taken_once_until_its_end
        a_ceremony_is_saved_over_the_version_before_it
        a_ceremony_that_was_given_up_is_gone_and_stays_gone
        a_pairing_code_is_taken_once
        a_pairing_code_is_dead_at_its_end_though_its_row_still_stands
    }
    sessions {
        a_session_is_found_by_its_account_and_token
        only_sessions_are_listed_and_only_of_the_account
        a_touch_is_noted_and_makes_no_session
        a_session_ends_once_and_alone
        many_sessions_end_together_and_others_stay
    }
    activity {
        the_newest_comes_first_and_no_page_is_empty
        who_did_nothing_has_an_empty_page
        rows_past_their_end_are_left_out_though_they_still_stand
        a_member_says_of_a_row_what_it_was_and_may_think_again
        no_row_is_made_by_a_claim
        a_row_that_is_sent_again_changes_nothing
    }
    telling {
        a_change_of_methods_is_told_with_it_and_none_is_told_without
        what_is_done_to_an_account_is_told_with_it_and_nothing_without
    }
    policy {
        a_policy_is_saved_over_the_version_before_it_and_comes_with_each_person
        groups_are_replaced_whole_and_only_of_an_account_that_is_there
        a_change_of_policy_is_told_with_it_and_none_is_told_without
    }
    tokens {
        a_token_is_kept_once_and_comes_back_as_it_was
        a_list_of_tokens_goes_by_serial_number_and_holds_its_own
        a_token_moves_and_goes_only_as_it_was_seen
        an_activation_takes_the_token_and_a_removal_leaves_it_with_its_holder
        a_token_that_is_not_to_be_had_activates_nothing
        a_mark_that_was_spent_on_a_token_activates_it_no_more
        a_removal_on_an_old_mark_changes_nothing
    }
    invitations {
        a_link_comes_back_as_it_was_kept
        the_first_administrator_sets_the_organization_up_once
        an_old_unknown_or_foreign_link_sets_nothing_up
        a_name_that_is_taken_leaves_the_link_good
        a_person_enters_once
        a_newer_link_kills_the_older
        an_old_or_foreign_link_lets_nobody_in
        a_link_of_an_account_that_is_not_invited_any_more_lets_nobody_in
    }
}
